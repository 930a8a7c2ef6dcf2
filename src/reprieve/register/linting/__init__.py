"""What is wrong with a register before it is merged: the working tree, held against what is protected."""
