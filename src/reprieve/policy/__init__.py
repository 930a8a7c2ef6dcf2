"""The policy engine: Rego checks over configuration files, and exceptions written in Rego."""
