@echo off
rem The holdfast command of an installed Holdfast: the app itself, started without a window.
"%~dp0..\..\Holdfast.exe" --log-level=3 --cli -- %*
exit /b %ERRORLEVEL%
