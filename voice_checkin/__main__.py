"""`python -m voice_checkin` is the same as the command `voice-checkin`."""

from voice_checkin.cli import main

if __name__ == "__main__":
    main()
