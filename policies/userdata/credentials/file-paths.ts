/** Values that name a file, and passwords that begin like one. */
import { isMixed } from "./mixed";

const FILE =
  /^(?:~?\/[\w.@${}%~+-]|\.{1,2}\/|~\w*\/|@[/.~\w-]*\/|@-$|@[\w.-]+\.(?:json|ya?ml|txt|key|pem|conf)$|[A-Za-z]:\\|\\\\[\w.-]+\\|<\/)/;

/** Folders where files are. */
const FOLDER =
  /^(?:~\w*|\.{1,2}|@?(?:app|apps|bin|boot|conf|config|data|dev|etc|home|lib\d*|media|mnt|opt|private|proc|root|run|sbin|secrets?|srv|sys|tmp|usr|Users|var|volumes?|workspace))$/;

/** Ends of the names of files. */
const EXTENSION = /\.(?:[a-z]{1,5}|[a-z]\w{2}\d?)$/;

/** Whether a value names a file rather than being a password that begins by a slash. */
export function isFile(text: string): boolean {
  if (!FILE.test(text)) return false;
  const [first = "", ...others] = text.split("/");
  const parts = first === "" ? others : [first, ...others];
  const [folder = "", ...names] = parts;
  if (/\s/.test(text) || EXTENSION.test(text) || (FOLDER.test(folder) && names.length > 0)) return true;
  return !parts.some((part) => isChosen(part, parts.length === 1));
}

/** Signs that people and generators put into passwords, amid letters and digits. */
function isChosen(part: string, alone: boolean): boolean {
  const hasBoth = /\d/.test(part) && /[A-Za-z]/.test(part);
  if (alone) return hasBoth && part.length >= 6 && (/[!#^&]/.test(part) || isMixed(part));
  return hasBoth && part.length >= 6 && /[!#^&].*[A-Za-z\d]/.test(part) && /[A-Z]/.test(part) && isScattered(part);
}

/** Unlike a name with a number behind a sign, it mixes digits and letters on a side of it. */
function isScattered(part: string): boolean {
  return part.split(/[!#^&]/).some((side) => /\d[A-Za-z]|[A-Za-z]\d[A-Za-z]/.test(side));
}
