import { credentialsIn } from "../../../components/boot/refuse";

/** Made here, so that no scanner takes the file for a leak. */
const PASSWORD = ["Tr0ub4dor", "3xQ"].join("-");

test.each([
  ["a script", `#!/bin/bash\ntrue\nexport DB_PASSWORD='${PASSWORD}'\n`, "userData", 3],
  [
    "settings",
    `#cloud-config\nchpasswd:\n  users: [{ name: app, password: ${PASSWORD}, type: text }]\n`,
    "userData",
    3,
  ],
  [
    "a script in settings",
    `#cloud-config\nwrite_files:\n- path: /opt/a.sh\n  content: |\n    #!/bin/sh\n    export DB_PASSWORD='${PASSWORD}'\n`,
    "userData → write_files[0]",
    2,
  ],
])("%s says where, and not what", (_, text, path, line) => {
  const found = credentialsIn(text, "userData");
  expect(found).toMatchObject([{ path: expect.stringContaining(path) as string, line, kind: "password" }]);
  expect(JSON.stringify(found)).not.toContain(PASSWORD);
});

test("what fetches a secret holds none", () => {
  const text = "#!/bin/bash\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id app --query SecretString)\n";
  expect(credentialsIn(text, "userData")).toEqual([]);
});
