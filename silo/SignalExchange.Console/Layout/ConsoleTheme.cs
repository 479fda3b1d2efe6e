using MudBlazor;

namespace SignalExchange.WebConsole.Layout;

/// <summary>Colours and letters. Each colour of text stands on its ground with at least 4.5 to 1 (WCAG 2.2, 1.4.3), in both palettes.</summary>
public static class ConsoleTheme
{
    // The reader's own fonts: nothing is fetched from anywhere.
    private static readonly string[] Letters =
    [
        "Inter",
        "Segoe UI",
        "Roboto",
        "Helvetica Neue",
        "Noto Sans",
        "Arial",
        "sans-serif",
    ];

    /// <summary>The theme.</summary>
    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1d4f91",
            Secondary = "#4a5568",
            Info = "#1d5fa8",
            Success = "#1c6b3c",
            Warning = "#8a4b00",
            Error = "#b3261e",
            Background = "#f5f6f8",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b2430",
            DrawerBackground = "#ffffff",
            DrawerText = "#374151",
            DrawerIcon = "#4b5563",
            TextPrimary = "#1b2430",
            TextSecondary = "#4f5b6b",
            ActionDefault = "#4f5b6b",
            LinesDefault = "#dfe3e8",
            LinesInputs = "#7b8794",
            TableLines = "#e5e8ec",
            Divider = "#e5e8ec",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab4f0",
            PrimaryContrastText = "#0b1b30",
            Secondary = "#aab4c2",
            Info = "#8cc1f7",
            Success = "#7fd3a0",
            Warning = "#f0b866",
            Error = "#ff9c93",
            ErrorContrastText = "#2b0b08",
            SuccessContrastText = "#06220f",
            WarningContrastText = "#2a1a00",
            InfoContrastText = "#08203a",
            Background = "#11161d",
            Surface = "#19202a",
            AppbarBackground = "#19202a",
            AppbarText = "#e6eaf0",
            DrawerBackground = "#19202a",
            DrawerText = "#c9d1dc",
            DrawerIcon = "#aab4c2",
            TextPrimary = "#e6eaf0",
            TextSecondary = "#aab4c2",
            ActionDefault = "#aab4c2",
            LinesDefault = "#2c3542",
            LinesInputs = "#7d8a9b",
            TableLines = "#2c3542",
            Divider = "#2c3542",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography
            {
                FontFamily = Letters,
                FontSize = "0.9375rem",
                LineHeight = "1.5",
            },
            H4 = new H4Typography
            {
                FontFamily = Letters,
                FontSize = "1.5rem",
                FontWeight = "600",
                LineHeight = "1.3",
            },
            H5 = new H5Typography
            {
                FontFamily = Letters,
                FontSize = "1.25rem",
                FontWeight = "600",
                LineHeight = "1.3",
            },
            H6 = new H6Typography
            {
                FontFamily = Letters,
                FontSize = "1rem",
                FontWeight = "600",
                LineHeight = "1.4",
            },
            Body1 = new Body1Typography { FontFamily = Letters, FontSize = "0.9375rem" },
            Body2 = new Body2Typography { FontFamily = Letters, FontSize = "0.875rem" },
            Button = new ButtonTypography
            {
                FontFamily = Letters,
                FontSize = "0.875rem",
                TextTransform = "none",
                FontWeight = "600",
            },
            Caption = new CaptionTypography { FontFamily = Letters, FontSize = "0.8125rem" },
        },
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "8px",
            DrawerWidthLeft = "232px",
            AppbarHeight = "56px",
        },
    };
}
