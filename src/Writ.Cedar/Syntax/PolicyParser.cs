using System.Collections.Immutable;
using System.Globalization;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Syntax;

/// <summary>Parses a source of policies and templates. Reads on after a fault, so that one reading finds the faults of several policies.</summary>
internal sealed class PolicyParser
{
    private readonly TokenStream _tokens;
    private readonly ExprParser _expressions;
    private readonly ScopeParser _scopes;
    private readonly AnnotationParser _annotations;

    private PolicyParser(TokenStream tokens)
    {
        _tokens = tokens;
        _expressions = new ExprParser(tokens);
        _scopes = new ScopeParser(tokens);
        _annotations = new AnnotationParser(tokens);
    }

    public static ParseResult<PolicySet> Parse(ReadOnlySpan<byte> utf8, ParseOptions options) =>
        SourceText.TryDecode(utf8, options, out var source, out var problem) ? ParseChecked(source, options) : ParseResult<PolicySet>.Refuse(problem);

    public static ParseResult<PolicySet> Parse(string source, ParseOptions options) =>
        SourceText.Check(source, options) is { } problem ? ParseResult<PolicySet>.Refuse(problem) : ParseChecked(source, options);

    /// <summary>Parses a single expression that is the whole source.</summary>
    public static ParseResult<Expr> ParseExpression(string source, ParseOptions options)
    {
        var tokens = new TokenStream(source, options);
        if (new ExprParser(tokens).Parse() is { } expr)
        {
            if (tokens.AtEnd)
                return new ParseResult<Expr>.Success(expr);
            tokens.Unexpected("the end of the expression");
        }

        return new ParseResult<Expr>.Failure(tokens.Diagnostics);
    }

    private static ParseResult<PolicySet> ParseChecked(string source, ParseOptions options)
    {
        var tokens = new TokenStream(source, options);
        var parser = new PolicyParser(tokens);
        var bodies = new List<PolicyBody>();
        while (!tokens.AtEnd && !tokens.TooManyErrors)
        {
            if (parser.Policy() is { } body)
                bodies.Add(body);
            else
                tokens.SkipPolicy();
        }

        if (!tokens.Diagnostics.IsEmpty)
            return new ParseResult<PolicySet>.Failure(tokens.Diagnostics);
        var policies = new List<Policy>();
        var templates = new List<Template>();
        for (var i = 0; i < bodies.Count; i++)
        {
            var annotated = options.IdFromAnnotation ? bodies[i].Annotations.Find("id") : null;
            var id = new PolicyId(string.IsNullOrEmpty(annotated) ? string.Create(CultureInfo.InvariantCulture, $"{options.IdPrefix}{i}") : annotated);
            if (bodies[i].IsTemplate)
                templates.Add(new Template(id, bodies[i]));
            else
                policies.Add(new Policy(id, bodies[i]));
        }

        return PolicySet.Create(policies, templates);
    }

    private PolicyBody? Policy()
    {
        var position = _tokens.Position;
        if (_annotations.Parse("policy") is not { } annotations || Effect() is not { } effect || _scopes.Parse() is not { } scope || Conditions() is not { } conditions)
            return null;
        if (!_tokens.Is(";"))
        {
            _tokens.Unexpected("`when`", "`unless`", "`;`");
            return null;
        }

        _tokens.Take();
        return new PolicyBody
        {
            Effect = effect,
            Annotations = annotations,
            Principal = scope.Principal,
            Action = scope.Action,
            Resource = scope.Resource,
            Conditions = conditions,
            SourceName = _tokens.Options.SourceName,
            Position = position,
        };
    }

    private Effect? Effect()
    {
        if (_tokens.Accept("permit"))
            return Policies.Effect.Permit;
        if (_tokens.Accept("forbid"))
            return Policies.Effect.Forbid;
        _tokens.Unexpected("`permit`", "`forbid`");
        return null;
    }

    private ImmutableArray<Condition>? Conditions()
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        while (true)
        {
            var kind = ConditionKind.When;
            if (_tokens.Accept("unless"))
                kind = ConditionKind.Unless;
            else if (!_tokens.Accept("when"))
                return conditions.DrainToImmutable();
            if (!_tokens.Expect("{") || _expressions.Parse() is not { } body || !_tokens.Expect("}"))
                return null;
            conditions.Add(new Condition(kind, body));
        }
    }
}
