package main

import rego.v1

# exception to the rule
deny contains "exception" if input.x
