"""How the tables of triage are made: run by hand, never imported by the gate."""
