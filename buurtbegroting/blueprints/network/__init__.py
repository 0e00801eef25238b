"""The network of a wijk: its houses and their agenda, who works with whom, examples to learn from, and visits."""
