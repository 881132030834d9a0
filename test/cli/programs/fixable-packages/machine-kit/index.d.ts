export class Machine {
  constructor(name: string, args: { size: string });
}
