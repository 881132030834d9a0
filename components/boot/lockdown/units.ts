/** The units of systemd that load the rules at boot, and again when something may have taken them away. */

export interface BootFile {
  readonly place: string;
  readonly mode: string;
  readonly content: string;
}

export const PLACES = { rules: "/etc/imds-lockdown/rules.nft", loader: "/usr/local/sbin/imds-lockdown" };

/** Those that are enabled. */
export const UNITS = ["imds-lockdown.service", "imds-lockdown-again.path", "imds-lockdown-again.timer"];

export function files(): BootFile[] {
  return Object.entries(TEXTS).map(([name, content]) => ({
    place: `/etc/systemd/system/${name}`,
    mode: "0644",
    content,
  }));
}

/** They start before what cloud-init does, which is before most services are allowed to. */
const EARLY = `DefaultDependencies=no
Conflicts=shutdown.target
Before=shutdown.target`;

const TEXTS = {
  "imds-lockdown.service": `[Unit]
Description=Close the instance metadata service to who needs none
${EARLY}
Wants=network-pre.target
Before=network-pre.target docker.service containerd.service ecs.service kubelet.service
After=local-fs.target nftables.service
OnFailure=emergency.target
OnFailureJobMode=isolate

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${PLACES.loader}
ExecReload=${PLACES.loader}

[Install]
WantedBy=sysinit.target
`,
  "imds-lockdown-again.service": `[Unit]
Description=Load the rules of the instance metadata service again
${EARLY}
StartLimitIntervalSec=0

[Service]
Type=oneshot
SyslogLevel=notice
LogLevelMax=notice
ExecStart=${PLACES.loader}
`,
  "imds-lockdown-again.path": `[Unit]
Description=Users who may reach the instance metadata service
${EARLY}

[Path]
PathChanged=/etc/passwd

[Install]
WantedBy=multi-user.target
`,
  "imds-lockdown-again.timer": `[Unit]
Description=Load the rules of the instance metadata service each minute

[Timer]
OnActiveSec=1min
OnUnitActiveSec=1min
AccuracySec=10s

[Install]
WantedBy=timers.target
`,
  // Each of its commands begins with "flush ruleset" on Debian, Ubuntu and Amazon Linux.
  "nftables.service.d/imds-lockdown.conf": `[Service]
ExecStartPost=-${PLACES.loader}
ExecReload=-${PLACES.loader}
ExecStopPost=-${PLACES.loader}
`,
  // Tasks in awsvpc mode have interfaces of their own, whose packets the host never sees (AWS, "Amazon ECS agent configuration").
  "ecs.service.d/imds-lockdown.conf": `[Service]
ExecStartPre=-/bin/sh -c 'grep -qs ^ECS_AWSVPC_BLOCK_IMDS= /etc/ecs/ecs.config || { echo; echo ECS_AWSVPC_BLOCK_IMDS=true; } >>/etc/ecs/ecs.config'
`,
};
