"""What an auditor asks a register, answered from Git alone."""
