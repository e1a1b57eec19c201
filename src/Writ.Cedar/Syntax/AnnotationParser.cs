using Writ.Cedar.Policies;

namespace Writ.Cedar.Syntax;

/// <summary>Parses the annotations of a policy or of a declaration of a schema.</summary>
internal sealed class AnnotationParser(TokenStream tokens)
{
    private readonly MemberParser _member = new(tokens);

    /// <summary>Reads the annotations that stand here, of which there may be none.</summary>
    /// <param name="owner">What they are notes on, for messages.</param>
    public Annotations? Parse(string owner)
    {
        if (!tokens.Is("@"))
            return Annotations.None;
        var annotations = new List<Annotation>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (tokens.Accept("@"))
        {
            if (tokens.Current.Kind != TokenKind.Identifier)
            {
                tokens.Unexpected("the key of an annotation");
                return null;
            }

            var key = tokens.CurrentText.ToString();
            if (!keys.Add(key))
            {
                tokens.Report($"the {owner} has the annotation @{key} already");
                return null;
            }

            tokens.Take();
            string? value = null;
            if (tokens.Accept("("))
            {
                if (tokens.Current.Kind != TokenKind.String)
                {
                    tokens.Unexpected("a string");
                    return null;
                }

                value = _member.String();
                if (value is null || !tokens.Expect(")"))
                    return null;
            }

            annotations.Add(new Annotation(key, value));
        }

        return new Annotations(annotations);
    }
}
