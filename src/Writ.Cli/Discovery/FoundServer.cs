namespace Writ.Cli.Discovery;

/// <summary>An MCP server that a configuration names. Of what could be a secret there are names alone.</summary>
/// <param name="Client">Whose configuration that is.</param>
/// <param name="File">Where it stands.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Transport"><c>stdio</c>, <c>http</c> or <c>unknown</c>.</param>
/// <param name="Target">The program, or scheme and host.</param>
/// <param name="Arguments">What is shown of its arguments.</param>
/// <param name="Hidden">How many arguments, or parts of the address, are not shown.</param>
/// <param name="Environment">The names of the variables that it gets.</param>
/// <param name="Headers">The names of the headers that it is sent.</param>
internal sealed record FoundServer(
    string Client, string File, string Name, string Transport, string? Target, IReadOnlyList<string> Arguments, int Hidden, IReadOnlyList<string> Environment, IReadOnlyList<string> Headers);
