"""Policy instruments: programs, whom they are for, who runs them, and what measures them."""
