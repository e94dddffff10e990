"""How the tracker's weights are made (README.md); needs numpy and scipy, the program does not."""
