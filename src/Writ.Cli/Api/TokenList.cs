namespace Writ.Cli.Api;

internal sealed record TokenList(IReadOnlyList<TokenView> Tokens);
