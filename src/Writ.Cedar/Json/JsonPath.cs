namespace Writ.Cedar.Json;

/// <summary>The way from the root of a document to a value in it. Written out only when something is reported.</summary>
internal sealed record JsonPath(JsonPath? Parent, string Step)
{
    public override string ToString()
    {
        var steps = new List<string>();
        for (var path = this; path?.Parent is not null; path = path.Parent)
            steps.Add(path.Step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        steps.Reverse();
        return string.Concat(steps.Select(step => "/" + step));
    }
}
