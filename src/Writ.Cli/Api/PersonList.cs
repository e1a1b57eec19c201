namespace Writ.Cli.Api;

/// <summary>The people of an organization.</summary>
internal sealed record PersonList(IReadOnlyList<PersonView> People);
