namespace Writ.Server.Api;

/// <summary>A decision point as it is registered now.</summary>
internal sealed record DecisionPointAnswer(DecisionPointView Point);
