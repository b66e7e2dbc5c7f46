"""The ledger as a page: what is stored about each claim, joined, judged and shown."""
