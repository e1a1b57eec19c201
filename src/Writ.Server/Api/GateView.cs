namespace Writ.Server.Api;

internal sealed record GateView(string Name, string Result);
