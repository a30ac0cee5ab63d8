"""The things a person does, one module each: load values, ask a rule, save values, commit once."""
