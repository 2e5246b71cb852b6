"""What each command does behind the command line."""
