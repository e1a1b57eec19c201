using Microsoft.AspNetCore.Http;

namespace Writ.Gateways.Credentials;

/// <summary>The content of a request ended, and it is not the one that was signed. Thrown where its end is read, so that nothing acts on it.</summary>
public sealed class ContentNotSignedException() : BadHttpRequestException("the content is not the one that was signed", StatusCodes.Status401Unauthorized)
{
    /// <summary>Whether a failure to read a request is that one, or comes from it.</summary>
    public static bool IsCauseOf(Exception? problem)
    {
        for (; problem is not null; problem = problem.InnerException)
        {
            if (problem is ContentNotSignedException)
                return true;
        }

        return false;
    }
}
