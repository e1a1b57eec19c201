namespace Writ.Cli.Api;

/// <summary>For whom a canary decides, and when it ends itself.</summary>
internal sealed record CanaryTermsView(int Percent, string Unit, IReadOnlyDictionary<string, int> Band, int Minimum);
