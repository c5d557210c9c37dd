"""Vratar keeps the gate between a freelancer and their clients."""
