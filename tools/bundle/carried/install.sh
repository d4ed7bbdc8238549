#!/bin/sh
# 安装 zjf：sh 安装.sh [装到哪个文件夹] [--county 县文件夹]
cd "$(dirname "$0")" || exit 3
for python in "${ZJF_PYTHON:-python@PYTHON@}" python@PYTHON@ python3; do
  if "$python" -c 'import sys; sys.exit(sys.version_info[:2] != tuple(map(int, "@PYTHON@".split("."))))' 2>/dev/null; then
    exec "$python" install.py "$@"
  fi
done
# 有别的 Python 3.11 以上的版本：由 install.py 说清要哪一份安装包。
if python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  exec python3 install.py "$@"
fi
cat >&2 <<'WORDS'
没有找到 Python @PYTHON@，还不能安装。
1. 请系统管理员安装 Python @PYTHON@（系统自带的 Python 不要动，两个版本可以并存）：
   统信、麒麟桌面版、Debian、Ubuntu：sudo apt install python@PYTHON@ python@PYTHON@-venv
   麒麟服务器版、openEuler：        sudo dnf install python@PYTHON@
   软件源里没有的，用源代码编译安装，再运行：ZJF_PYTHON=/安装到的位置/bin/python@PYTHON@ sh 安装.sh
2. 再运行一次：sh 安装.sh
WORDS
exit 3
