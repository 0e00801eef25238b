"""What holds for every civic practice: reasons, verdicts, phases, moves, money. Knows no web and no database."""
