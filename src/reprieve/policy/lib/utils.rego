package builtin.lib.utils

import rego.v1

# True when `x` has the key `k`, whatever the value, false and null included.
has_key(x, k) if _ = x[k]

# The objects of the list or map `x`; nothing when `x` is anything else. `some y in x` is an error on a scalar, this is not.
objects(x) := [item | item := x[_]; is_object(item)]

# The strings of the list `x`; nothing when `x` is anything else.
strings(x) := [item | item := x[_]; is_string(item)]

# The value when it is an object, else an empty one.
object_or_empty(x) := x if is_object(x)

else := {}
