"""Wat de klok wekt. De makelaar wekt alleen; wat er te doen is, staat in de database."""

from celery import shared_task

from adviezen.actions import bewaren, eigendag, intrekking
from kern.tijd import nu


@shared_task(name="adviezen.vernietig_notities", acks_late=True, ignore_result=True)
def vernietig_notities() -> int:
    """Vernietig interne notities waarvan de bewaartermijn voorbij is; geeft het aantal."""
    return bewaren.vernietig_notities(nu())


@shared_task(name="adviezen.rond_intrekkingen_af", acks_late=True, ignore_result=True)
def rond_intrekkingen_af() -> int:
    """Laat de termijnen vervallen van adviezen waarvan de intrekking inging; geeft van hoeveel adviezen."""
    return intrekking.rond_intrekkingen_af()


@shared_task(name="adviezen.herinner_op_eigen_dag", acks_late=True, ignore_result=True)
def herinner_op_eigen_dag() -> int:
    """Herinner organisaties aan hun eigen laatste dag om te reageren; geeft hoeveel er bericht kregen."""
    return eigendag.herinner_op_eigen_dag()
