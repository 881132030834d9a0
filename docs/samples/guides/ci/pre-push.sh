#!/bin/sh
# .git/hooks/pre-push, or .husky/pre-push
exec npx ec2-hardening check . --quiet --policy-pack-config policy-config.json
