using System.Collections.Immutable;

namespace Writ.Server.Login;

internal sealed record TokenList(ImmutableArray<TokenView> Tokens);
