"""How much is recalled under each rule of spacing: simulated learners on a published model of memory."""
