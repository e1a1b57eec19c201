using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;

namespace Writ.Cli.Reports;

/// <summary>Questions about one thing, and the answers. Immutable.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="About">What has to be known to read it, name and value.</param>
/// <param name="Sections">The questions in order.</param>
internal sealed record Report(string Title, ImmutableArray<(string Name, string Value)> About, ImmutableArray<ReportSection> Sections)
{
    private const int MostPages = 20;

    /// <summary>The report with every question asked; or why one has no answer.</summary>
    public async Task<(Report? Answered, Trouble? Trouble)> AskAsync(IQuestions questions, CancellationToken cancellation)
    {
        var sections = ImmutableArray.CreateBuilder<ReportSection>(Sections.Length);
        foreach (var section in Sections)
        {
            JsonObject? whole = null;
            string? next = null;
            for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
            {
                var (answer, trouble) = await questions.AskAsync(section.Query, next, cancellation);
                if (answer is null)
                    return (null, trouble);
                next = answer["next"]?.GetValue<string>();
                whole = whole is null ? answer : Joined(whole, answer);
            }

            var isCut = next is not null || whole!["cut"]?.GetValue<bool>() == true;
            sections.Add(section with { Answer = whole, Note = isCut ? $"There is more: ask the query itself. {section.Note}".TrimEnd() : section.Note });
        }

        var records = sections[0].Answer!["records"]!.GetValue<long>();
        return (this with { Sections = sections.ToImmutable(), About = About.Add(("records", $"the log's first {records}, all of them")) }, null);
    }

    public JsonObject ToJson() => new()
    {
        ["title"] = Title,
        ["about"] = new JsonObject(About.Select(a => KeyValuePair.Create(a.Name, (JsonNode?)a.Value))),
        ["sections"] = new JsonArray([.. Sections.Select(s => (JsonNode)new JsonObject
        {
            ["question"] = s.Question, ["query"] = s.Query, ["note"] = s.Note, ["answer"] = s.Answer!.DeepClone(),
        })]),
    };

    private static JsonObject Joined(JsonObject whole, JsonObject page)
    {
        foreach (var row in page["rows"]!.AsArray())
            whole["rows"]!.AsArray().Add(row!.DeepClone());
        foreach (var (id, name) in page["agents"]!.AsObject())
            whole["agents"]![id] = name!.DeepClone();
        return whole;
    }
}
