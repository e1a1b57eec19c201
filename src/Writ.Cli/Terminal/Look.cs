namespace Writ.Cli.Terminal;

/// <summary>How a piece of text stands out on a terminal with colours. Nothing is said by colour alone.</summary>
internal enum Look
{
    Plain,
    Quiet,
    Strong,
    Good,
    Bad,
    Held,
}
