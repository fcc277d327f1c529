"""The ledger's arithmetic: RFC 6962 trees and the C2SP formats that carry them (checkpoints, tiles, proofs)."""
