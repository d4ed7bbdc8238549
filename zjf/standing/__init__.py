"""How the units stand: who has reported, how punctually, and which houses are overdue."""
