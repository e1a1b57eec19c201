using System.Collections.Immutable;

namespace Writ.Server.Api;

internal sealed record PersonList(ImmutableArray<PersonView> People);
