using System.Text.Json;

namespace Writ.Cedar.Tests.Conformance;

/// <summary>One test of the integration corpus: a policy file, an entity file and requests with their answers, and whether strict validation accepts the policies.</summary>
public sealed record CorpusTest(string Name, byte[] Policies, byte[] Entities, JsonElement Requests, bool ShouldValidate);
