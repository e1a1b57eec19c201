namespace Writ.Server.Api;

/// <summary>What a person gives with an answer. There may be none.</summary>
/// <param name="Evidence">What the answer rests on, in base64: at most 1 MiB. It is sealed in the vault and committed to by the record.</param>
/// <param name="Shown">The digest <c>shown</c> of the request as the person saw it: the answer counts only while it is still that.</param>
internal sealed record AnswerBody(string? Evidence = null, string? Shown = null);
