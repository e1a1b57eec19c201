namespace Writ.Server.Api;

/// <summary>A kind of API error: its code, its HTTP status, its title.</summary>
internal sealed record ApiError(string Code, int Status, string Title)
{
    public static ApiError Malformed { get; } = new("WRIT9101", 400, "The request could not be read");

    public static ApiError Unauthenticated { get; } = new("WRIT3001", 401, "The credential was not accepted");

    public static ApiError WrongKindOfCaller { get; } = new("WRIT3005", 403, "This credential is of the wrong kind here");

    public static ApiError NotAllowed { get; } = new("WRIT3006", 403, "This person may not do that");

    public static ApiError LoginRefused { get; } = new("WRIT3150", 401, "The passkey was not accepted");

    public static ApiError PresenceNeeded { get; } = new("WRIT3151", 403, "A passkey has to sign for this");

    public static ApiError PresenceRefused { get; } = new("WRIT3152", 403, "What the passkey signed does not count");

    public static ApiError NotOwnPage { get; } = new("WRIT3153", 403, "The request does not come from Writ's own page");

    public static ApiError BeyondScope { get; } = new("WRIT3154", 403, "The token is not for that");

    public static ApiError WrongMethod { get; } = new("WRIT9102", 405, "This path does not take that method");

    public static ApiError WrongMediaType { get; } = new("WRIT9103", 415, "This path does not take that kind of body");

    public static ApiError NotFound { get; } = new("WRIT9104", 404, "There is no such thing");

    public static ApiError NotReady { get; } = new("WRIT3200", 409, "The agent is not ready to act");

    public static ApiError ImportRefused { get; } = new("WRIT3204", 400, "The list is not imported");

    public static ApiError Invalid { get; } = new("WRIT9105", 409, "That makes no sense as things stand");

    public static ApiError ForeignHost { get; } = new("WRIT9106", 421, "This name is not Writ's");

    public static ApiError ForeignOrigin { get; } = new("WRIT5101", 403, "The request comes from a web page of another origin");

    public static ApiError ApprovalConflict { get; } = new("WRIT4101", 409, "The answer does not count");

    public static ApiError BundleRefused { get; } = new("WRIT1101", 422, "The bundle is not accepted");

    public static ApiError Unconfirmed { get; } = new("WRIT1102", 409, "The confirmation does not count");

    public static ApiError DenialsJump { get; } = new("WRIT1103", 409, "Too much would newly be refused");

    public static ApiError UnderHold { get; } = new("WRIT2070", 409, "A legal hold stands against it");

    public static ApiError AgentNotActive { get; } = new("WRIT3002", 403, "The agent is not active");

    public static ApiError AuthorityUnusable { get; } = new("WRIT3051", 503, "The authority cannot sign");

    public static ApiError KeyNotRegistered { get; } = new("WRIT3052", 403, "The key is not registered for this agent");

    public static ApiError AssuranceTooLow { get; } = new("WRIT3053", 403, "This credential does not prove enough");

    public static ApiError SignatureRefused { get; } = new("WRIT3055", 401, "The signature of the request was not accepted");

    public static ApiError ContentNotSigned { get; } = new("WRIT3057", 401, "The content is not the one that was signed");

    public static ApiError DidUnusable { get; } = new("WRIT3059", 422, "The DID document cannot be used");

    public static ApiError UserTokenRefused { get; } = new("WRIT3068", 403, "The user's token was not accepted");

    public static ApiError TooMany { get; } = new("WRIT4005", 429, "Too many requests");

    public static ApiError Unexpected { get; } = new("WRIT9199", 500, "Writ failed");

    public static ApiError Stopping { get; } = new("WRIT9107", 503, "Writ is being stopped");

    public static ApiError LogUnreadable { get; } = new("WRIT2012", 503, "The log cannot be read");

    public static ApiError RecordsPruned { get; } = new("WRIT2132", 410, "The record was pruned");

    public static ApiError QueryWrong { get; } = new("WRIT2060", 400, "The query cannot be asked");

    public static ApiError IndexBehind { get; } = new("WRIT2061", 503, "The index is being made");

    public static ApiError AnswerTooLarge { get; } = new("WRIT2062", 422, "The answer would hold too much");

    public static ApiError CursorUnknown { get; } = new("WRIT2063", 400, "The cursor is not of this query");

    public static ApiError TooManyTails { get; } = new("WRIT2118", 429, "Too many streams");

    public static ApiError BeyondTheLog { get; } = new("WRIT2119", 400, "There is no such record yet");

    public static ApiError NotRecorded { get; } = new("WRIT2000", 503, "The ledger could not take the record");
}
