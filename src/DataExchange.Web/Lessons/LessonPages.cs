using DataExchange.Web.Frame;
using DataExchange.Web.Serving;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Web.Lessons;

/// <summary>The routes of the lessons. The server keeps nothing of who learns: what a sandbox shows follows from its address.</summary>
internal static class LessonPages
{
    /// <summary>Maps them.</summary>
    /// <param name="page">Maps a pattern behind the language.</param>
    internal static void Map(Action<string, Func<PageFrame, HttpContext, Task<IResult>>> page)
    {
        page("/lessons", (frame, _) => Task.FromResult(PageAnswer.Of<LessonList>(("Frame", frame))));
        page("/lessons/{id}", (frame, context) => Task.FromResult(Page<LessonPage>(frame, context)));
        page("/lessons/{id}/result", (frame, context) => Task.FromResult(Result(frame, context)));
        page("/lessons/{id}/handout", (frame, context) => Task.FromResult(Page<LessonHandout>(frame, context)));
        page("/lessons/{id}/teacher", (frame, context) => Task.FromResult(Page<LessonTeacher>(frame, context)));
    }

    private static IResult Page<TPage>(PageFrame frame, HttpContext context)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        if (Lesson.Find(IdOf(context)) is not { } lesson)
        {
            return PageAnswer.NotFound(frame, frame.Locale.With("lesson.none", IdOf(context)));
        }

        try
        {
            var inputs = Inputs.Read(lesson, context.Request.Query, frame.Locale);
            return PageAnswer.Of<TPage>(("Frame", frame), ("Lesson", lesson), ("Inputs", inputs), ("Board", lesson.Run(inputs, frame.Locale)));
        }
        catch (WrongInputException wrong)
        {
            return PageAnswer.Wrong(frame, wrong.Field, wrong.Value, wrong.Allowed);
        }
    }

    // What a form being filled in shows: half a number is no failure of the request, so it is answered with what is wrong with it, as a part of the page.
    private static IResult Result(PageFrame frame, HttpContext context)
    {
        if (Lesson.Find(IdOf(context)) is not { } lesson)
        {
            return PageAnswer.NotFound(frame, frame.Locale.With("lesson.none", IdOf(context)));
        }

        try
        {
            var inputs = Inputs.Read(lesson, context.Request.Query, frame.Locale);
            return PageAnswer.Of<LessonBoard>(("Frame", frame), ("Lesson", lesson), ("Inputs", inputs), ("Board", lesson.Run(inputs, frame.Locale)));
        }
        catch (WrongInputException wrong)
        {
            var says = frame.Locale.With("message.wrongField", wrong.Field, wrong.Value, wrong.Allowed);
            return PageAnswer.Of<LessonBoard>(("Frame", frame), ("Lesson", lesson), ("Inputs", Inputs.Usual(lesson)), ("Board", new Board(says)));
        }
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}
