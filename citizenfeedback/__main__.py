"""`python -m citizenfeedback`: the command where its script is not on the path."""

from citizenfeedback.console import main

if __name__ == "__main__":
    main()
