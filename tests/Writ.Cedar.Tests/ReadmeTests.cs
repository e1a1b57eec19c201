using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;
using Writ.Cedar.Values;
using Writ.Testing;

namespace Writ.Cedar.Tests;

/// <summary>The example of the README is the code of this file, line for line, and prints what the README says.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("src", "Writ.Cedar", "README.md"));

    [Fact]
    public void The_example_prints_what_its_last_line_says()
    {
        var printed = new StringWriter();
        Example(printed);
        Assert.Equal(Code()[^1], "// " + printed.ToString().TrimEnd());
    }

    [Fact]
    public void The_example_is_the_code_that_runs_here()
    {
        var source = File.ReadAllLines(Repository.PathOf("tests", "Writ.Cedar.Tests", "ReadmeTests.cs")).Select(line => line.Trim()).ToHashSet();
        Assert.All(Code()[..^1].Where(line => line.Trim().Length > 0), line => Assert.Contains(line.Trim().Replace("Console.", "console.", StringComparison.Ordinal), source));
    }

    [Fact]
    public void The_limits_are_those_of_the_code()
    {
        Assert.Contains($"| open brackets and `if`s | {ParseOptions.Default.MaxNesting} | {ParseOptions.NestingBound} |", Readme);
        Assert.Contains($"reaches | {ParseOptions.Default.MaxHeight} | {ParseOptions.HeightBound} |", Readme);
        Assert.Contains($"| entities that one entity is in | {EntityStore.MaxAncestors:N0} |", Readme);
    }

    private static void Example(TextWriter console)
    {
        if (!PolicySet.Parse("""
                permit (principal in Team::"billing", action == Action::"refund", resource is Order);

                @id("no-large-refunds")
                forbid (principal, action == Action::"refund", resource)
                when { context.amount > 500 };
                """).TryGet(out var policies, out var problems))
            throw new FormatException(string.Join('\n', problems));

        var agent = new Entity(new EntityUid("Agent", "a1"), parents: [new EntityUid("Team", "billing")]);
        if (!EntityStore.Create([agent]).TryGet(out var entities, out var reason))
            throw new InvalidOperationException(reason);

        var request = new Request(agent.Uid, new EntityUid("Action", "refund"), new EntityUid("Order", "17"), RecordValue.Of(("amount", 900)));
        var response = Reference.Authorize(policies, request, entities);
        console.WriteLine($"{response.Decision}: {string.Join(", ", response.Reasons)}");
    }

    private static string[] Code()
    {
        var from = Readme.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length;
        return Readme[from..Readme.IndexOf("```", from, StringComparison.Ordinal)].TrimEnd().Split('\n');
    }
}
