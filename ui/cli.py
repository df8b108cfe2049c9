import typer

app = typer.Typer()


@app.command()
def chat() -> None:
    """X"""
