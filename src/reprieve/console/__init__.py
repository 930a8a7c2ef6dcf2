"""The console: a web page over the register, its findings and the gate, and an index that can be rebuilt."""
