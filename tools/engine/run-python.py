"""Runs a Pulumi program, as `pulumi-language-python-exec` of Pulumi's own language host does."""

import argparse
import asyncio
import os
import runpy

import pulumi.runtime

parser = argparse.ArgumentParser()
for flag in ["monitor", "engine", "project", "stack", "organization", "root-directory", "pwd", "parallel"]:
    parser.add_argument(f"--{flag}")
parser.add_argument("--dry-run", action="store_true")
parser.add_argument("program")
args = parser.parse_args()

pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env())
pulumi.runtime.configure(
    pulumi.runtime.Settings(
        monitor=args.monitor,
        engine=args.engine,
        project=args.project,
        stack=args.stack,
        organization=args.organization,
        root_directory=args.root_directory,
        parallel=int(args.parallel),
        dry_run=args.dry_run,
    )
)
os.chdir(args.pwd)
asyncio.run(pulumi.runtime.run_in_stack(lambda: runpy.run_path(args.program, run_name="__main__")))
