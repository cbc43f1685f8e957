"""Development server: `flask --app run --debug run`. In production use `citizenfeedback serve`."""

from citizenfeedback import create_app

app = create_app()
