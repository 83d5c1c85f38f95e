"""An offline, voice-driven evening check-in for couples."""

__version__ = "0.1.0"
