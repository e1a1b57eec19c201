using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Syntax;

/// <summary>Parses a source of policies and templates. Reads on after a fault, so that one reading finds the faults of several policies.</summary>
internal sealed class PolicyParser
{
    private readonly TokenStream _tokens;
    private readonly ExprParser _expressions;
    private readonly ScopeParser _scopes;
    private readonly MemberParser _member;

    private PolicyParser(TokenStream tokens)
    {
        _tokens = tokens;
        _expressions = new ExprParser(tokens);
        _scopes = new ScopeParser(tokens);
        _member = new MemberParser(tokens);
    }

    public static ParseResult<PolicySet> Parse(ReadOnlySpan<byte> utf8, ParseOptions options)
    {
        if (utf8.Length > options.MaxBytes)
            return TooLong(options);
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        var chars = new char[utf8.Length];
        if (Utf8.ToUtf16(utf8, chars, out var read, out var written, replaceInvalidSequences: false) == OperationStatus.Done)
            return ParseChecked(new string(chars, 0, written), options);
        var position = new SourceMap(new string(chars, 0, written)).At(written);
        return ParseResult<PolicySet>.Refuse(new Diagnostic(
            options.SourceName, position, string.Create(CultureInfo.InvariantCulture, $"the byte at offset {read} (0x{utf8[read]:x2}) is not UTF-8")));
    }

    public static ParseResult<PolicySet> Parse(string source, ParseOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Length > options.MaxBytes || Encoding.UTF8.GetByteCount(source) > options.MaxBytes ? TooLong(options) : ParseChecked(source, options);
    }

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

    private static ParseResult<PolicySet> TooLong(ParseOptions options) => ParseResult<PolicySet>.Refuse(new Diagnostic(
        options.SourceName, new SourcePosition(1, 1), string.Create(CultureInfo.InvariantCulture, $"the source is longer than {options.MaxBytes} bytes")));

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
        if (Annotations() is not { } annotations || Effect() is not { } effect || _scopes.Parse() is not { } scope || Conditions() is not { } conditions)
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

    private Annotations? Annotations()
    {
        if (!_tokens.Is("@"))
            return Policies.Annotations.None;
        var annotations = new List<Annotation>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (_tokens.Accept("@"))
        {
            if (_tokens.Current.Kind != TokenKind.Identifier)
            {
                _tokens.Unexpected("the key of an annotation");
                return null;
            }

            var key = _tokens.CurrentText.ToString();
            if (!keys.Add(key))
            {
                _tokens.Report($"the policy has the annotation @{key} already");
                return null;
            }

            _tokens.Take();
            string? value = null;
            if (_tokens.Accept("("))
            {
                if (_tokens.Current.Kind != TokenKind.String)
                {
                    _tokens.Unexpected("a string");
                    return null;
                }

                value = _member.String();
                if (value is null || !_tokens.Expect(")"))
                    return null;
            }

            annotations.Add(new Annotation(key, value));
        }

        return new Annotations(annotations);
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
