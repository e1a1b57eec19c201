using System.CommandLine;

namespace Writ.Cli.Terminal;

/// <summary>A command that shows examples at the end of its help.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
