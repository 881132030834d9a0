//go:build tools

// Package tools pins the YAML language host that the engine tests run.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
