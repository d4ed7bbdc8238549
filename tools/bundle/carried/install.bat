@echo off
setlocal
chcp 936 >nul
pushd "%~dp0"
if not exist install.py goto alone
set "ZJF_PY="
py -@PYTHON@ -c "import sys" >nul 2>nul && set "ZJF_PY=py -@PYTHON@"
if defined ZJF_PY goto install
python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "ZJF_PY=python"
if defined ZJF_PY goto install
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "ZJF_PY=py -3"
if defined ZJF_PY goto install
echo.
echo 没有找到 Python @PYTHON@，还不能安装。
echo 1. 在能上网的电脑上打开 www.python.org/downloads/windows/
echo    下载 Python @PYTHON@ 的 Windows installer (64-bit)。
echo 2. 拷到这台电脑上，双击安装。第一页请勾选 Add python.exe to PATH。
echo 3. 再双击一次“安装.bat”。
echo.
pause
exit /b 3
:alone
echo.
echo 旁边没有 install.py。请先把压缩包整个解压，再双击解压出来的“安装.bat”。
echo.
pause
exit /b 3
:install
%ZJF_PY% install.py %*
set "ZJF_CODE=%ERRORLEVEL%"
echo.
pause
exit /b %ZJF_CODE%
